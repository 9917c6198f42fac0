"""The pack for the board: composed from what a quarter froze, or as a draft from what is held now."""
