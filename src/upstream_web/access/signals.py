"""What access tells parts of the site that it does not know."""

from django.dispatch import Signal

# Somebody opened a closed record in an emergency. Arguments: access (EmergencyAccess), at (datetime).
# Sent within the transaction: what a listener writes is kept or lost with the access itself.
emergency_opened = Signal()
