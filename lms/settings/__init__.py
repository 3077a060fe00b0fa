"""Settings of one installation. Everything that differs between installations comes from the environment.

| variable | default | is |
|---|---|---|
| LIDIAN_DATA | ./var | the folder of all state: database, media, secret key, queue |
| DATABASE_URL | SQLite in LIDIAN_DATA | `postgres://…` in production |
| CELERY_BROKER_URL | a queue in LIDIAN_DATA | `redis://…` or `amqp://…` in production |
| CACHE_URL | per process | `redis://…` in production |
| LIDIAN_SITE_URL | http://localhost:8000 | where people reach us: links in mails, QR codes, PDFs |
| LIDIAN_HOSTS | localhost, 127.0.0.1 | further host names we answer to |
| LIDIAN_DEMO | off | the demo company, its accounts and its password may exist |
| LIDIAN_PROXY_COUNT | 0 | reverse proxies in front of us whose X-Forwarded-For we trust |
| EMAIL_URL | console | `smtp://…` in production |
"""

from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE
from django.utils.translation import gettext_lazy as _

from lms.kernel.secret import secret_key

env = environ.FileAwareEnv()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("LIDIAN_DATA", default=str(BASE_DIR / "var"))).resolve()
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(DATA_DIR)
DEBUG = False
DEMO = env.bool("LIDIAN_DEMO", default=False)
TEST_CLOCK: Path | None = None

SITE_URL = env.str("LIDIAN_SITE_URL", default="http://localhost:8000").rstrip("/")
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", urlsplit(SITE_URL).hostname or "", *env.list("LIDIAN_HOSTS", default=[])]
CSRF_TRUSTED_ORIGINS = [SITE_URL, *env.list("LIDIAN_ORIGINS", default=[])]

INSTALLED_APPS = [
    "lms.journal",
    "lms.people",
    "lms.notices",
    "cms",
    "courses",
    "lms.news",
    "lms.records",
    "exams",
    "certificates",
    "lms.portal",
    "lms.reports",
    "lms.demo",
    "wagtail.contrib.table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "django_celery_beat",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lms.people.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.people.body_size.body_size",
    "lms.people.middleware.account_state",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lms.portal.navigation.navigation",
            ],
            "builtins": ["lms.portal.templatetags.icons"],
        },
    },
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
}
POSTGRES_OPTIONS = {
    "pool": {"min_size": 1, "max_size": env.int("LIDIAN_DB_POOL", default=8), "timeout": 20},
    "prepare_threshold": 0,  # lms.kernel.prepared alone has statements that can be
    "options": "-c statement_timeout=60000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=60000",
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'lidian.sqlite3'}")}
DATABASES["default"]["OPTIONS"] = (
    SQLITE_OPTIONS if "sqlite" in DATABASES["default"]["ENGINE"] else POSTGRES_OPTIONS
)  # architecture.md, decision 11
DATABASES["default"]["CONN_MAX_AGE"] = None if "sqlite" in DATABASES["default"]["ENGINE"] else 0  # the pool keeps them
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        **env.cache_url("CACHE_URL", default="locmemcache://"),
        "KEY_PREFIX": sha256(SECRET_KEY.encode()).hexdigest()[:12],  # several installations may share one server
    },
    # A cache is not rolled back with what it remembers, and pictures are found again by one statement.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
SESSION_ENGINE = "lms.kernel.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
CSRF_FAILURE_VIEW = "lms.portal.views.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE and not DEMO else 0
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
LARGE_UPLOADS = {  # bytes of a body, at these addresses more than elsewhere (lms.people.body_size, deploy/nginx.conf)
    "/cms/media/video/create/": 304 * 1024 * 1024,
    "/cms/media/audio/create/": 64 * 1024 * 1024,
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["lms.people.login.StaffNumberBackend"]
PASSWORD_HASHERS = ["lms.people.hashers.Argon2Minimum", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["staff_no", "name", "phone"]},
    },
    {"NAME": "lms.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "lms.people.passwords.NotTheDemoPassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "lms.people.login.ClosedAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_no"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = False  # counters must survive a restart: lms.people.login keeps them in the database
ACCOUNT_FORMS = {
    "login": "lms.people.forms.LoginForm",
    "change_password": "lms.people.forms.ChangePasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("LIDIAN_PROXY_COUNT", default=0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = sorted(path for path in (BASE_DIR / "locale").iterdir() if path.is_dir())
FORMAT_MODULE_PATH = ["lms.kernel.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"  # never served as such: architecture.md, decision 15
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lms.kernel.static_files.HashedStaticFiles"},
}
WHITENOISE_MAX_AGE = 3600

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=f"sqla+sqlite:///{DATA_DIR / 'queue.sqlite3'}")

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("LIDIAN_FROM_EMAIL", default="砺电学堂 <noreply@localhost>")

PDF_FONTS = [BASE_DIR / "vendor/fonts" / f"NotoSansSC-{weight}.ttf.xz" for weight in (400, 700)]

WAGTAIL_SITE_NAME = "砺电学堂"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_I18N_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.reviews.publish_approved"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "txt", "md"]
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000  # a larger one is a mistake or a bomb
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database.fallback"}}
TAGGIT_CASE_INSENSITIVE = True
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # staff_no is unique on its upper-case form, which that check cannot see

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LIDIAN_LOG_LEVEL", default="WARNING")},
}

# The company's values. Rules take them as arguments; they are configuration, never constants in code.
MINUTES_PER_HOUR = 45  # one 学时, in minutes
DAILY_STUDY_HOURS = 8  # 学时 a person can earn study time for in a day
READING_SPEED = 400  # characters a minute
PAGE_SECONDS = 15  # the shortest time a page of a document takes
HOURS_A_YEAR = {"safety": 12, "continuing": 90}  # 学时 each account should reach in a calendar year
