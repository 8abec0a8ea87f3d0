"""What can go wrong, as one small family. Each message names the thing, the reason and the mend."""


class QuothError(Exception):
    """Something a person can cause and mend; the message is one line."""


class BadQuestion(QuothError):
    """A question that cannot be asked at all."""


class BadSet(QuothError):
    """A question set that cannot be read."""


class NoIndex(QuothError):
    """There is no index at the place named."""


class BrokenIndex(QuothError):
    """An index that cannot be used: damaged, or made by another version, model or tokenizer."""


class BusyIndex(QuothError):
    """Another process is building the index."""


class UnreadableCorpus(QuothError):
    """Nothing of what was to be indexed could be read."""


class BadModel(QuothError):
    """The model cannot be found, or is not the one that was published."""


class UnwritableIndex(QuothError):
    """An index cannot be written there: no space, no permission, or a folder of other things."""
