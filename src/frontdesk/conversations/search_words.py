"""Which words of an entry are searched."""

from msgspec import Struct


class _Button(Struct):
    label: str


class Words(Struct):
    """What of a body is searched; other fields are not looked at. `seq` is the number of a message that was recalled."""

    text: str = ""
    name: str = ""
    title: str = ""
    buttons: tuple[_Button, ...] = ()
    seq: int = 0

    @property
    def searched(self) -> str:
        """A text, the name of a file, or what stands on a card."""
        said = self.text or self.name
        if not self.title:
            return said
        return "\n".join(filter(None, (self.title, said, *(button.label for button in self.buttons))))
