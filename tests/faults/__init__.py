"""FT01–FT05: kill -9 of web, database and worker while scripted takers sit an exam. `bin/faults --help`."""
