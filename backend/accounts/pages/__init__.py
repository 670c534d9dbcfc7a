"""The pages of accounts, drawn by the service itself: plain HTML, no script needed."""
