"""Reading a dump of Bangumi: its tables, infoboxes and what people write into them."""
