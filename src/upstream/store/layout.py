"""Where a partnership keeps what it accumulates. Nothing here is ever committed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DataFolder:
    """The data folder of one partnership: `var/<slug>/` unless told otherwise.

    Only this class knows the names inside the folder; everything else asks it.
    """

    root: Path

    @property
    def raw(self) -> Path:
        """Files as received, read-only, named by their hash."""
        return self.root / "raw"

    @property
    def receipts(self) -> Path:
        """One JSON receipt a load, with the refused rows beside it."""
        return self.root / "receipts"

    @property
    def tables(self) -> Path:
        """Landed Parquet, one folder a table."""
        return self.root / "tables"

    @property
    def builds(self) -> Path:
        """One folder a build; `current` names the one in use."""
        return self.root / "builds"

    @property
    def staging(self) -> Path:
        """Files being loaded; whatever a load that died has left here is swept away by the next one."""
        return self.root / "staging"

    @property
    def ledger(self) -> Path:
        """SQLite file that says which landed files are in force."""
        return self.root / "ledger.sqlite"

    @property
    def cache(self) -> Path:
        """Drawings and results that can be made again; safe to delete."""
        return self.root / "cache"

    @property
    def assessments(self) -> Path:
        """Documents made, one folder a version."""
        return self.root / "assessments"

    @property
    def attachments(self) -> Path:
        """Files that people attached to records, named by their hash."""
        return self.root / "attachments"

    @property
    def database(self) -> Path:
        """The site's SQLite database."""
        return self.root / "upstream.sqlite3"

    @property
    def secret_key(self) -> Path:
        """The site's secret key, made on first use, readable by its owner only."""
        return self.root / "secret_key"

    @property
    def audit_key(self) -> Path:
        """The key that seals the audit trail, made on first use, readable by its owner only."""
        return self.root / "audit_key"

    def prepare(self) -> DataFolder:
        """Make the folders that are missing; harmless when they exist."""
        for folder in (self.raw, self.receipts, self.tables, self.builds, self.cache, self.assessments):
            folder.mkdir(parents=True, exist_ok=True)
        return self
