"""HTTP for knowledge and bots. Thin: every rule is in the use cases."""

from litestar import Router, delete, get, patch, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, MultipartBody
from msgspec import UNSET

from frontdesk.bots import bases, importing, questions, searching, trying
from frontdesk.bots.types import BotChanges, NewQuestion, QuestionChanges
from frontdesk.bots.views import (
    Ask,
    BotAnswer,
    BotBody,
    BotsAnswer,
    CategoriesAnswer,
    ImportAnswer,
    KnowledgeBaseAnswer,
    KnowledgeBaseBody,
    KnowledgeBaseChanges,
    KnowledgeBasesAnswer,
    KnowledgeHitsAnswer,
    NewQuestionBody,
    QuestionAnswer,
    QuestionBody,
    QuestionsAnswer,
    TryAnswer,
    base_view,
    bot_view,
    hit_view,
    import_view,
    question_ids,
    question_view,
    try_view,
)
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id

_BASE = "knowledge base"
_BASES = "/knowledge-bases/{base_id:str}"


@get("/knowledge-bases", summary="Knowledge bases")
async def list_knowledge_bases(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> KnowledgeBasesAnswer:
    found = await bases.list_knowledge_bases(platform, subject)
    return KnowledgeBasesAnswer([base_view(base) for base in found])


@post("/knowledge-bases", summary="Add a knowledge base")
async def create_knowledge_base(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[KnowledgeBaseBody]
) -> KnowledgeBaseAnswer:
    base = await bases.create_knowledge_base(platform, subject, data.name, data.description)
    return KnowledgeBaseAnswer(base_view(base))


@patch(_BASES, summary="Change a knowledge base")
async def update_knowledge_base(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    base_id: FromPath[str],
    data: JSONBody[KnowledgeBaseChanges],
) -> KnowledgeBaseAnswer:
    base = await bases.rename_knowledge_base(
        platform, subject, path_id(base_id, what=_BASE), name=data.name, description=data.description
    )
    return KnowledgeBaseAnswer(base_view(base))


@get(f"{_BASES}/categories", summary="The category paths in use")
async def list_categories(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], base_id: FromPath[str]
) -> CategoriesAnswer:
    found = await questions.list_categories(platform, subject, path_id(base_id, what=_BASE))
    return CategoriesAnswer(list(found))


@get(f"{_BASES}/questions", summary="Questions of a knowledge base, newest first")
async def list_questions(  # noqa: PLR0917  the framework passes by name
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    base_id: FromPath[str],
    category: FromQuery[str | None] = None,
    q: FromQuery[str | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: FromQuery[int] = 50,
) -> QuestionsAnswer:
    page = await questions.list_questions(
        platform,
        subject,
        path_id(base_id, what=_BASE),
        category=category,
        text=q,
        cursor=cursor,
        limit=limit,
    )
    return QuestionsAnswer([question_view(question) for question in page.items], page.cursor)


@post(f"{_BASES}/questions", summary="Add a question")
async def create_question(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    base_id: FromPath[str],
    data: JSONBody[NewQuestionBody],
) -> QuestionAnswer:
    new = NewQuestion(
        question=data.question,
        answer=data.answer,
        language=data.language,
        similar=data.similar,
        category=data.category,
        related=question_ids(data.related),
        enabled=data.enabled,
        valid_from=data.valid_from,
        valid_until=data.valid_until,
    )
    question = await questions.create_question(platform, subject, path_id(base_id, what=_BASE), new)
    return QuestionAnswer(question_view(question))


@patch("/questions/{question_id:str}", summary="Change a question")
async def update_question(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    question_id: FromPath[str],
    data: JSONBody[QuestionBody],
) -> QuestionAnswer:
    changes = QuestionChanges(
        question=data.question,
        answer=data.answer,
        language=data.language,
        similar=data.similar,
        category=data.category,
        related=UNSET if data.related is UNSET else question_ids(data.related),
        enabled=data.enabled,
        valid_from=data.valid_from,
        valid_until=data.valid_until,
    )
    question = await questions.update_question(
        platform, subject, path_id(question_id, what="question"), changes
    )
    return QuestionAnswer(question_view(question))


@delete("/questions/{question_id:str}", summary="Remove a question")
async def delete_question(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], question_id: FromPath[str]
) -> None:
    await questions.delete_question(platform, subject, path_id(question_id, what="question"))


@post(f"{_BASES}/import", status_code=200, summary="Import questions from a CSV file")
async def import_questions(  # noqa: PLR0917  the framework passes by name
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    base_id: FromPath[str],
    data: MultipartBody[dict[str, UploadFile]],
    language: FromQuery[str | None] = None,
    partial: FromQuery[bool] = False,  # noqa: FBT002  a query parameter, always given by name
) -> ImportAnswer:
    """Field `file`. When nothing was written, the error `knowledge.import` has the report in its details."""
    file = data.get("file")
    content = b"" if file is None else await file.read()
    report = await importing.import_csv(
        platform, subject, path_id(base_id, what=_BASE), content, language=language, partial=partial
    )
    if not report.applied:
        raise importing.refusal(report)
    return import_view(report)


@get("/knowledge/search", summary="What is known that fits these words, best first")
async def search_knowledge(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    q: FromQuery[str] = "",
    language: FromQuery[str] = "zh-CN",
    limit: FromQuery[int] = 5,
) -> KnowledgeHitsAnswer:
    """For whoever answers visitors: only what has an answer and holds now, from every knowledge base."""
    found = await searching.search_knowledge(platform, subject, q, language=language, limit=limit)
    return KnowledgeHitsAnswer([hit_view(hit) for hit in found])


@get("/bots", summary="Built-in bots")
async def list_bots(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> BotsAnswer:
    return BotsAnswer([bot_view(bot) for bot in await bases.list_bots(platform, subject)])


@get("/bots/{bot_id:str}", summary="A bot's settings")
async def get_bot(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], bot_id: FromPath[str]
) -> BotAnswer:
    return BotAnswer(bot_view(await bases.get_bot(platform, subject, path_id(bot_id, what="bot"))))


@patch("/bots/{bot_id:str}", summary="Change a bot's settings; makes an agent of kind bot a built-in one")
async def configure_bot(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    bot_id: FromPath[str],
    data: JSONBody[BotBody],
) -> BotAnswer:
    base = data.knowledge_base_id
    changes = BotChanges(
        knowledge_base_id=path_id(base, what=_BASE) if isinstance(base, str) else base,
        answer_threshold=data.answer_threshold,
        suggest_threshold=data.suggest_threshold,
        max_suggestions=data.max_suggestions,
        greeting=data.greeting,
        unknown=data.unknown,
        handover=data.handover,
    )
    return BotAnswer(
        bot_view(await bases.configure_bot(platform, subject, path_id(bot_id, what="bot"), changes))
    )


@post("/bots/{bot_id:str}/try", status_code=200, summary="Ask a bot something, without a conversation")
async def try_bot(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    bot_id: FromPath[str],
    data: JSONBody[Ask],
) -> TryAnswer:
    bot, found, trigger = await trying.try_bot(
        platform, subject, path_id(bot_id, what="bot"), data.text, data.language
    )
    return try_view(bot, found, trigger)


ROUTES = [
    Router(
        "/v1",
        route_handlers=[
            list_knowledge_bases,
            create_knowledge_base,
            update_knowledge_base,
            list_categories,
            list_questions,
            create_question,
            update_question,
            delete_question,
            import_questions,
            search_knowledge,
            list_bots,
            get_bot,
            configure_bot,
            try_bot,
        ],
        tags=["knowledge"],
    )
]
