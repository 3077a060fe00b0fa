from django.urls import path

from lms.news.views import desk, reader

app_name = "news"

urlpatterns = [
    path("news/", reader.article_list, name="list"),
    path("news/<uuid:article>/", reader.show, name="show"),
    path("news/<uuid:article>/sign/", reader.sign, name="sign"),
    path("desk/signing/", desk.index, name="desk"),
    path("desk/signing/<uuid:article>/", desk.board, name="board"),
    path("desk/signing/<uuid:article>/remind/", desk.remind, name="remind"),
]
