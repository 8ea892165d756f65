"""Champions: from their first wish to help, through workshop and checks, to whom they meet and how often."""
