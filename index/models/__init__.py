"""The two models, exported and run without PyTorch: the encoder and the reader."""
