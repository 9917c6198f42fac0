"""Reports: the needs assessment read on line, its versions, its files, and making a new one."""
