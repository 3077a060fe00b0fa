"""A bare log-in: the counters, the hash and the session, as statements."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string, salted_hmac

from benchmarks.bare.sql import now, one, rows, run

ADDRESS = """
INSERT INTO people_addresslogincount (address, minute, count) VALUES (%s, %s, 1)
ON CONFLICT (address, minute) DO UPDATE SET count = people_addresslogincount.count + 1 RETURNING count"""
SLOTS = "SELECT slot, at FROM people_loginfailure WHERE number = %s"
TAKE = """
INSERT INTO people_loginfailure (number, slot, at, address) VALUES (%s, 0, %s, %s)
ON CONFLICT (number, slot) DO NOTHING"""
PERSON = "SELECT id, password, * FROM people_person WHERE UPPER(staff_no) = %s ORDER BY staff_no LIMIT 1"
GIVE_BACK = "DELETE FROM people_loginfailure WHERE number = %s AND slot = 0"
IS_TAKEN = "SELECT 1 FROM django_session WHERE session_key = %s LIMIT 1"
OPEN = "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s)"
LAST = "UPDATE people_person SET last_login = %s WHERE id = %s"
SAVE = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"


def login(request: HttpRequest) -> HttpResponse:
    number, address, at = request.POST["login"], request.headers["X-Forwarded-For"], now()
    one(ADDRESS, address, at.replace(second=0, microsecond=0))
    rows(SLOTS, number)
    run(TAKE, number, at, address)
    person, password, *_ = one(PERSON, number)
    if not check_password(request.POST["password"], password):
        return HttpResponse(status=400)
    run(GIVE_BACK, number)
    key, expires = get_random_string(32), at + timedelta(days=14)
    rows(IS_TAKEN, key)
    run(OPEN, key, SessionStore().encode({}), expires)
    run(LAST, at, person)
    hashed = salted_hmac("lms.people.session", f"{password}:0", algorithm="sha256").hexdigest()
    backend = settings.AUTHENTICATION_BACKENDS[0]
    data = {SESSION_KEY: str(person), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: hashed}
    run(SAVE, SessionStore().encode(data), expires, key)
    response = HttpResponseRedirect("/")
    response.set_cookie(settings.SESSION_COOKIE_NAME, key)
    return response
