"""The Serious Violence Duty: who owes what, what was asked, the money, the returns, our own judgement."""
