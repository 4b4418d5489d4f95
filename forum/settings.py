"""Every setting of the site, in one file.

What an operator may change comes from the environment; the README says what each name means.
"""

import sys
from pathlib import Path

from forum.counterpoints import standing
from forum.lib import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DEMO = environment.flag("DEMO")

# The pipes read standard input and write standard output: they need no database and no secret.
PIPES = {"standing", "render", "reanchor"}
IS_PIPE = len(sys.argv) > 1 and sys.argv[1] in PIPES

if not IS_PIPE:
    environment.make_folder("DATA_DIR", DATA_DIR)

SECRET_KEY = environment.secret_key("SECRET_KEY", DATA_DIR / "secret-key", demo=DEMO, pipe=IS_PIPE)
DEBUG = False
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
# The address under which readers know the site; without it, cookies do not insist on HTTPS.
HOST = environment.origin("HOST")
IS_HTTPS = HOST.startswith("https://")

# Raised with every release: part of the version of each page that visitors' caches keep.
RELEASE = "1"

INSTALLED_APPS = [
    "forum",
    "essays",
    "forum.house",
    "forum.accounts",
    "forum.guard",
    "forum.notifications",
    "forum.posts",
    "forum.discussion",
    "forum.counterpoints",
    "forum.moderation",
    "forum.search",
    "forum.exchange",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "forum.accounts.addresses_app.AddressesConfig",
    "allauth.usersessions",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "taggit",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "forum.lib.timing.TimingMiddleware",
    "forum.lib.front_door.KeepingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "forum.lib.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "forum.lib.compression.PagesGZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "forum.lib.colours.ColoursMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "forum.accounts.language.LanguageMiddleware",
    "forum.accounts.viewing.ViewingMiddleware",
    "forum.accounts.clock.ClockMiddleware",
    "forum.lib.doors.ClosedDoorsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "forum.accounts.activity.ActivityMiddleware",
    "forum.accounts.second_step.SecondStepMiddleware",
    "forum.guard.refusing.LimitsMiddleware",
    "forum.accounts.suspension.SuspensionMiddleware",
]

ROOT_URLCONF = "forum.urls"
WSGI_APPLICATION = "forum.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.static",
                "forum.templatetags.addresses",
                "forum.templatetags.languages",
                "forum.templatetags.look",
                "forum.templatetags.small_letters",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# What is settled in the admin: who reads it, and after how many seconds a process asks again
# whether another has changed it.
HOUSE = "forum.house.reading.read_house"
HOUSE_READ_EVERY = 5.0
# Whoever tries the site out would be held up by it.
SECOND_STEP_BY_DEFAULT = not DEMO

# Data
DATABASES = {"default": environment.database("DATABASE_URL", DATA_DIR / "counterpoint.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = environment.caches("CACHE_URL")
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["forum.accounts.backends.Backend"]
SESSION_ENGINE = "forum.accounts.sessions"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"forum.accounts.passphrases.{name}", "OPTIONS": options}
    for name, options in {
        "NotAboutThem": {},
        "LongEnough": {"min_length": 12},
        "NotCommon": {},
        "NotOfDigits": {},
    }.items()
]
# So long nobody is told of what a moderator decided, and who decided it may take it back.
UNDO_MINUTES = 10
# Between asking to leave and being erased.
ERASURE_WAIT_DAYS = environment.whole_number("ERASURE_WAIT_DAYS", 7, least=1, most=90)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SIGNUP_IS_OPEN = True
ACCOUNT_ADAPTER = "forum.guard.entrance.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "forum.accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    name: f"forum.{form}"
    for name, form in {
        "login": "accounts.entrance_forms.LoginForm",
        "signup": "guard.entrance.SignupForm",
        "add_email": "accounts.entrance_forms.AddEmailForm",
        "change_password": "accounts.entrance_forms.ChangePasswordForm",
        "set_password": "accounts.entrance_forms.SetPasswordForm",
        "reset_password": "guard.entrance.ResetPasswordForm",
        "reset_password_from_key": "accounts.entrance_forms.ResetPasswordKeyForm",
        "reauthenticate": "accounts.entrance_forms.ReauthenticateForm",
    }.items()
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
# Sooner than this after the form was shown, only a machine sends it; 0: nobody asks.
SIGN_UP_LEAST_SECONDS = 3
# Counted by forum/guard, in the database.
ACCOUNT_RATE_LIMITS = {"login": None, "signup": None, "reset_password": None}
ACCOUNT_USERNAME_VALIDATORS = "forum.accounts.models.username_validators"
# What could shut its owner out of an account is asked for again, however short ago they came in.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers themselves give passkeys to nobody but HTTPS and this machine.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_ADAPTER = "forum.accounts.mfa_adapter.MfaAdapter"
MFA_FORMS = {
    name: f"forum.accounts.passkey_forms.{form}"
    for name, form in {
        "add_webauthn": "AddPasskeyForm",
        "edit_webauthn": "NamePasskeyForm",
        "authenticate": "CodeForm",
        "reauthenticate": "CodeAgainForm",
    }.items()
}

# An account elsewhere by which people may come in; None unless the environment names it.
OPENID, OPENID_ORIGIN = environment.openid(
    issuer=environment.text("OIDC_ISSUER"),
    client_id=environment.text("OIDC_CLIENT_ID"),
    secret=environment.text("OIDC_CLIENT_SECRET"),
    label=environment.text("OIDC_NAME"),
)
SOCIALACCOUNT_ADAPTER = "forum.accounts.openid.OpenIDAdapter"
SOCIALACCOUNT_FORMS = {"signup": "forum.guard.entrance.OpenIDSignupForm"}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}
# Everybody chooses what they are called, and nothing that opens the other site is kept.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
# An address opens no account: whoever has one connects the two when they are logged in.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False

# Mail
vars().update(environment.email("EMAIL_URL", DATA_DIR / "mail", demo=DEMO))
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "counterpoint@localhost")
# Where the links in letters lead: nobody asks the worker for a page, so it is told.
PORT = environment.whole_number("PORT", 8000, least=1, most=65535)
SITE_ADDRESS = HOST or f"http://{environment.text('BIND', '127.0.0.1')}:{PORT}"
# Asked by notifications, who knows no post and no essay, before anybody is told of one.
NEWS_READABLE = "forum.news.readable.readable"
# Asked by accounts, who knows no draft, where whoever has logged in goes on.
GO_ON_AT = "forum.posts.begun.where_to_go_on"

# Asked by posts, who knows no case, where a rule holds a post back or reports it.
FLAGGED_POSTS = "forum.moderation.flagging.flag"
# Told by posts of each edit of what everybody reads.
EDITED_POSTS = "forum.moderation.flagging.look_again"
# Asked by posts where a reader's own were taken down: what they are told of them.
TAKEN_DOWN_POSTS = "forum.moderation.explaining.explain"
# How long a process goes by the holding rules and watch lists that it read.
RULES_KEPT_SECONDS = 10

# The debate: what an objection must come to, and from how many votes on it can refute a claim.
STANDING_FLOOR = standing.FLOOR
STANDING_QUORUM = standing.QUORUM
# What an export says that its readers may do with it.
CONTENT_LICENCE = environment.text(
    "CONTENT_LICENCE",
    "All rights remain with the writers; ask them before you publish their texts.",
)

# Words
LANGUAGE_CODE = "en-gb"
# Each as its speakers call it.
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "forum" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": environment.storage("MEDIA_STORAGE"),
    "staticfiles": {"BACKEND": "forum.lib.staticfiles.SiteStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"
# Where whoever runs the site puts its backups: keepers are told how old the newest is.
BACKUPS_DIR = Path(environment.text("BACKUPS_DIR", str(DATA_DIR / "backups")))

# Safety. The policy's names and shape are those of Django 6.
SECURE_CSP = {
    "default-src": ["'self'"],
    "base-uri": ["'none'"],
    # The way to the other site goes by a form of ours, and browsers hold it to this.
    "form-action": ["'self'", *OPENID_ORIGIN],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
    # The authenticator's QR code is a data: image; nothing else of ours is.
    "img-src": ["'self'", "data:"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [HOST] if HOST else []
SECURE_SSL_REDIRECT = IS_HTTPS and environment.flag("SSL_REDIRECT")
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
# Whose word on where a request came from is taken.
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")
if environment.flag("BEHIND_PROXY"):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": [], "propagate": False},
        # It tells the log which passkey came in: nobody's business.
        "fido2": {"level": "WARNING"},
    },
}
