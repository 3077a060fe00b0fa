"""How the queue behaves: Celery's settings, and what beat asks for."""

from django.conf import settings

broker_url = settings.CELERY_BROKER_URL
broker_connection_retry_on_startup = True
broker_transport_options = (
    {"visibility_timeout": 600, "unacked_restore_interval": 5, "unacked_restore_throttle": 1}
    if broker_url.startswith("redis")
    else {"connect_args": {"timeout": 20}}
    if broker_url.startswith("sqla")
    else {}
)
accept_content = ["json"]
task_serializer = "json"
task_ignore_result = True
task_acks_late = True
task_reject_on_worker_lost = True
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False
timezone = settings.TIME_ZONE
beat_scheduler = "celery.beat:PersistentScheduler"

# A lost message is made up for by the next one, and a late one is worthless: hence `expires`.
beat_schedule = {
    "deliver-journal": {"task": "lms.journal.tasks.deliver_pending", "schedule": 1.0, "options": {"expires": 2}},
    "send-mail": {"task": "lms.notices.tasks.send_pending_mail", "schedule": 15.0, "options": {"expires": 15}},
    "close-attempts": {"task": "exams.tasks.close_expired_attempts", "schedule": 20.0, "options": {"expires": 20}},
    "analyse-exams": {"task": "exams.tasks.analyse_exams", "schedule": 5.0, "options": {"expires": 5}},
    "search-similar": {"task": "exams.tasks.search_similar", "schedule": 5.0, "options": {"expires": 5}},
    "recheck-questions": {"task": "exams.tasks.recheck_expired", "schedule": 600.0, "options": {"expires": 600}},
    "render-certificates": {"task": "certificates.tasks.render_pending", "schedule": 5.0, "options": {"expires": 5}},
    "publish-scheduled": {"task": "courses.tasks.publish_scheduled", "schedule": 60.0, "options": {"expires": 60}},
    "forget-imports": {"task": "courses.tasks.forget_imports", "schedule": 3600.0, "options": {"expires": 600}},
    "apply-rosters": {"task": "lms.people.tasks.apply_rosters", "schedule": 2.0, "options": {"expires": 2}},
    "expire-grants": {"task": "lms.people.tasks.expire_grants", "schedule": 3600.0, "options": {"expires": 600}},
}
