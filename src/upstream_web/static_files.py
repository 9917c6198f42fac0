"""How styles and scripts are named: by a hash of their content, so that a browser may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names, rewritten inside style sheets and in the imports of script modules too."""

    support_js_module_import_aggregation = True
