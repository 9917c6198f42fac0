"""What takes files in and makes builds of them."""
