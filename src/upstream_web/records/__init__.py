"""What every record of the partnership has: lists, forms, history, comments, attachments, links, notices."""
