from lms.news.models.articles import Article, ArticleEdition, Signature
from lms.news.models.pages import ArticlePage, NewsIndexPage, NewsPage, PolicyPage

__all__ = ["Article", "ArticleEdition", "ArticlePage", "NewsIndexPage", "NewsPage", "PolicyPage", "Signature"]
