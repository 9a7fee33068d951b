"""
Score a French public tender for the law, then for its social, environmental and local effects.

Each room of the building is one sub-package; `procure.api` holds one function per task.
Start reading at `docs/adr/0007-floor-plan.md`, then at `procure.domain`, where the nouns live.
"""

__version__ = "0.1.0"
