"""The relay's addresses, under /relay/."""

from django.urls import path

from nosvidere.drop import views

app_name = "drop"
urlpatterns = [
    path("spool", views.spool, name="spool"),
    path("attachments/<slug:attachment_id>", views.attachment, name="attachment"),
    path("ack", views.acknowledge, name="ack"),
    path("outbox", views.outbox, name="outbox"),
    path("tags", views.tags, name="tags"),
    path("letters", views.letters, name="letters"),
    path("keys", views.keys, name="keys"),
    path("keys/<slug:party>", views.keys_of, name="keys_of"),
    path("bulletin", views.bulletin, name="bulletin"),
]
