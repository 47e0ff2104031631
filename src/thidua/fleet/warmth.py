"""What a unit's process imports. The server that forks those processes imports this module, once for all units.

Nothing that is imported here may start a thread: a fork has none of its parent's.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module

from thidua.machine.schema_library import lighten_schema_library

lighten_schema_library()
for _name in (
    "thidua.fleet.one_unit",
    "thidua.fleet.to_storage",
    "thidua.fleet.stored_units",
    "thidua.run.pipeline",
    "psutil",
):
    import_module(_name)
for _name in ("s3fs", "botocore.exceptions"):
    with suppress(ImportError):  # of an extra
        import_module(_name)
gc.collect()
gc.freeze()  # what a collection does not touch stays shared with the forks
