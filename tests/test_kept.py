"""Which documents are kept in memory."""

import numpy as np

from index.storage.pages import Pages, Text


def test_the_documents_last_asked_for_are_kept_up_to_a_size_and_always_the_last() -> None:
    read: list[int] = []

    def page(document: int) -> Text:
        read.append(document)
        return Text("x" * document, (0,), np.zeros((0, 3), np.int32))

    pages = Pages(page, most=3, characters=10)
    for document in (1, 2, 3, 1, 4, 2, 1, 11, 11, 1, 4):
        assert pages(document).text == "x" * document
    assert read == [1, 2, 3, 4, 2, 11, 1, 4]
