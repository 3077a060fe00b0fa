"""Static files whose names carry their hash: a phone keeps them for ever and never has an old one."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashes the modules a script imports as well: an upgrade must not mix old and new scripts."""

    support_js_module_import_aggregation = True
