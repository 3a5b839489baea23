"""What an audience may not read does not show up in findings: not in the line that is shown, not in the words about it.

What is pay is told from the text alone, line by line, because the text may be too broken for a tree. Where that
leaves a doubt, the number is hidden: a masked line can be looked up in the file, a published amount stays published.
Lines of `pay` lose every figure. All other lines lose what reads as money: who writes a salary into a criterion is
told so by `pay-in-prose`, if that rule runs and notices; that nobody else reads it cannot depend on this.

- ``masks``: from a finding to what an audience may read of it
- ``amounts``: what reads as money
- ``columns``: which lines hold pay, or words that only some may read
- ``hiding``: a text without its amounts or figures
- ``privacy``: a finding without those words
"""

from __future__ import annotations

from laddercli.masking.columns import pay_columns, private_columns
from laddercli.masking.hiding import MASK, conceal, hide
from laddercli.masking.masks import mask, masked

__all__ = ["MASK", "conceal", "hide", "mask", "masked", "pay_columns", "private_columns"]
