"""The widgets that every screen is made of; each is plain Qt in the clothes of the theme."""

from desktop_crm.ui.widgets.buttons import Button, IconButton, PrimaryButton
from desktop_crm.ui.widgets.cards import Card, FigureCard, Panel
from desktop_crm.ui.widgets.chips import Badge, Chip, ChipGroup, CountBadge
from desktop_crm.ui.widgets.fields import Choice, DateField, Field, MoneyField, QuickLine, SearchField
from desktop_crm.ui.widgets.labels import (
    Dim,
    ElidedLabel,
    Hairline,
    Heading,
    KeyHint,
    Label,
    set_property,
    tip,
)
from desktop_crm.ui.widgets.layout import FlowLayout, Scroll, column, empty, row
from desktop_crm.ui.widgets.segments import Segment, SegmentGroup, SegmentList
from desktop_crm.ui.widgets.states import EmptyState, IconLabel, MessageBar, ProgressBar

__all__ = [
    "Badge", "Button", "Card", "Chip", "ChipGroup", "Choice", "CountBadge", "DateField", "Dim", "ElidedLabel",
    "EmptyState", "Field", "FigureCard", "FlowLayout", "Hairline", "Heading", "IconButton", "IconLabel",
    "KeyHint", "Label", "MessageBar", "MoneyField", "Panel", "PrimaryButton", "ProgressBar", "QuickLine",
    "Scroll", "SearchField", "Segment", "SegmentGroup", "SegmentList", "column", "empty", "row", "set_property",
    "tip",
]
