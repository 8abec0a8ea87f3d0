"""Where a sentence stands word for word, or what comes closest to it."""
