"""The press: WeasyPrint with fonts and style sheets prepared once per process.

Only the assets it is given can be fetched. Whatever a name or a title contains, nothing else is read: no file, no
network.
"""

from lms.kernel.press.press import Assets, UnknownAsset, document, prepare

__all__ = ["Assets", "UnknownAsset", "document", "prepare"]
