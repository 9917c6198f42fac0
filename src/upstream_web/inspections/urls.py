"""Addresses of inspections, recommendations, responses and practice."""

from django.urls import path

from upstream_web.inspections.practice_register import BENCHMARKS, PRACTICES
from upstream_web.inspections.register import EVIDENCE, INSPECTIONS, PARTS, RECOMMENDATIONS, RESPONSES
from upstream_web.inspections.views import evidence, imports, ladder, practices, public_rows, responses, summary
from upstream_web.records.urls import register_urls

urlpatterns = [
    # Above the registers, so that these words are not taken for a key.
    path("inspections/summary/", summary.summary, name="recommendation-summary"),
    path("inspections/summary.<slug:form>", summary.summary_export, name="recommendation-summary-export"),
    path("inspections/for-the-public/", public_rows.public_row_list, name="public-row-list"),
    path("inspections/for-the-public/<int:key>/", public_rows.public_row_edit, name="public-row-edit"),
    path("inspections/for-the-public/<int:key>/approve/", public_rows.approve, name="public-row-approve"),
    path("inspections/import/", imports.import_new, name="response-import-new"),
    path("inspections/import/<int:key>/", imports.import_confirm, name="response-import"),
    path("inspections/import/<int:key>/fields/<int:field>/", imports.confirm_field, name="imported-field"),
    path("inspections/import/<int:key>/lines/", imports.place_line, name="response-import-line"),
    path("inspections/import/<int:key>/sure/", imports.confirm_sure, name="response-import-sure"),
    path("inspections/import/<int:key>/undo/", imports.undo, name="response-import-undo"),
    path("inspections/import/<int:key>/take-over/", imports.take_over, name="response-import-take-over"),
    path("inspections/import/<int:key>/set-aside/", imports.set_aside, name="response-import-set-aside"),
    path("inspections/import/<int:key>/file/", imports.import_file, name="response-import-file"),
    *register_urls(INSPECTIONS, "inspections"),
    path("recommendations/<int:key>/steps/<slug:name>/", ladder.step, name="recommendation-step"),
    *register_urls(RECOMMENDATIONS, "recommendations"),
    path("responses/<int:key>/publish/", responses.publish_page, name="response-publish"),
    path("responses/<int:key>/preview/", responses.preview, name="response-preview"),
    path("responses/<int:key>/preview.<slug:form>", responses.preview_file, name="response-preview-file"),
    path("responses/<int:key>/sent/", responses.send_page, name="response-send"),
    path("responses/<int:key>/versions/<int:number>/", responses.version, name="response-version"),
    path(
        "responses/<int:key>/versions/<int:number>.<slug:form>",
        responses.version_file,
        name="response-version-file",
    ),
    *register_urls(RESPONSES, "responses"),
    path("response-parts/<int:key>/agree/", responses.agree, name="response-part-agree"),
    path("response-parts/<int:key>/withdraw/", responses.withdraw, name="response-part-withdraw"),
    path("response-parts/<int:key>/answers/<int:recommendation>/", responses.answer_page, name="answer-edit"),
    *register_urls(PARTS, "response-parts"),
    path("evidence/<int:key>/review/", evidence.review, name="evidence-review"),
    *register_urls(EVIDENCE, "evidence"),
    path("practice/to-table/", practices.to_table, name="practice-to-table"),
    *register_urls(PRACTICES, "practice"),
    *register_urls(BENCHMARKS, "comparisons"),
]
