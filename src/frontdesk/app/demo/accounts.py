"""Who works in the demo shop, and what they have at hand."""

from typing import Final

from msgspec import Struct

from frontdesk.core.subject import Role

SLUG: Final = "demo"
NAME: Final = "Lantern Shop / 灯笼小店"
PASSWORD: Final = "frontdesk-demo"  # noqa: S105  public on purpose: the demo's documented password
CHANNEL_CODE: Final = "demo-shop"
BOT_USERNAME: Final = "lumi"
BOT_NAME: Final = "Lumi 小灯"
ORDERS: Final = "Orders 订单"
SUPPORT: Final = "Support 售后"
KNOWLEDGE: Final = "Lantern Shop 灯笼小店"


class Person(Struct, frozen=True):
    """An agent: `weights` are the teams with the share of their visitors."""

    username: str
    name: str
    nickname: str
    role: Role
    department: str
    capacity: int
    weights: dict[str, int]
    what: str


PEOPLE: Final = (
    Person("admin", "Ada Zhou 周安", "Ada", Role.ADMINISTRATOR, "Management 管理", 3, {}, "administrator"),
    Person(
        "lin",
        "Lin Yue 林月",
        "Lin 林月",
        Role.LEADER,
        "Sales 售前",
        6,
        {ORDERS: 20, SUPPORT: 5},
        "leader of both teams",
    ),
    Person(
        "mei", "Mei Chen 陈美", "Mei 美美", Role.AGENT, "Service 售后", 5, {SUPPORT: 20}, "agent, after-sales"
    ),
    Person(
        "omar",
        "Omar Haddad",
        "Omar",
        Role.AGENT,
        "Service 售后",
        4,
        {ORDERS: 10, SUPPORT: 10},
        "agent, both teams",
    ),
)
DEPARTMENTS: Final = ("Management 管理", "Sales 售前", "Service 售后")
TEAMS: Final = (ORDERS, SUPPORT)

WRAP_UP: Final = (
    "Orders 订单/Question 咨询",
    "Orders 订单/Change or cancel 修改取消",
    "Orders 订单/Custom 定制",
    "Delivery 配送/Late or lost 迟到丢失",
    "Delivery 配送/Address 地址",
    "Service 售后/Return 退货",
    "Service 售后/Refund 退款",
    "Service 售后/Repair 维修",
    "Payment 支付",
    "Invoice 发票",
    "Other 其他",
)

QUICK_REPLIES: Final = (
    ("中文", "问候", "您好，很高兴为您服务，请问有什么可以帮您？"),
    ("中文", "请提供订单号", "麻烦您提供一下订单号，我马上为您查询。"),
    ("中文", "请稍等", "请稍等一下，我查好马上回复您。"),
    ("中文", "道歉", "给您添麻烦了，非常抱歉！我来帮您处理。"),
    ("中文", "补发", "已经为您安排补发，今天寄出，运单号稍后会发到您的订单里。"),
    ("中文", "退款说明", "退款已提交，支付宝和微信 1 个工作日内到账，银行卡 3～7 个工作日到账。"),
    ("中文", "结束语", "感谢您的咨询，祝您生活明亮！如有其他问题随时联系我们。"),
    ("English", "Hello", "Hello, thank you for writing to us. How can I help?"),
    ("English", "Order number", "Could you send me your order number? I will look it up right away."),
    ("English", "One moment", "One moment please, I am checking this for you."),
    ("English", "Sorry", "I am sorry for the trouble. Let me put it right."),
    ("English", "Replacement", "A replacement leaves today; the tracking number will appear in your order."),
    ("English", "Refund", "Your refund is on its way: wallets within a working day, bank cards within 3-7."),
    ("English", "Goodbye", "Thank you for your message, and may your days be bright!"),
)
