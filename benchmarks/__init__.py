"""What the platform costs per request, beside bare Django views that run the same statements in the same run.

`bin/benchmark` prints a table and always ends with 0: figures depend on the machine, so none of them is a test. What
has to hold on every machine, the number of statements, is tested in `tests/`.

- *CPU ms*: user and system time of the web server's processes and of the database's own processes for our database
  (`/proc/<pid>/stat`), divided by the number of requests. On SQLite the database is part of the web server.
- *statements*: of one warm request, counted through Django's test client: with session and person, without BEGIN,
  COMMIT and savepoints.
- *req/s, p50, p95*: of eight clients on the same machine, each with its own keep-alive connection and person.
- *bare*: the CPU ms of a view under `/bare/…` that sends the same statements, written by hand, through a cursor,
  behind Django's session, CSRF and authentication middleware only; no rules, no forms, a template of a few lines.
  `bare ÷ real` says how much of the cost is the part that cannot be avoided.
"""
