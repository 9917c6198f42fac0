"""Address of the home page."""

from django.urls import path

from upstream_web.today.views import today

urlpatterns = [path("", today, name="today")]
