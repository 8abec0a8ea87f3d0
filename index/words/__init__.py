"""Words: tokens and the forms that are one word; amounts, figures, abbreviations, signs."""
