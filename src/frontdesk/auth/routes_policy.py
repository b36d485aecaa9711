"""HTTP for what an organization asks of those who sign in."""

from typing import Annotated

from litestar import get, patch
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import UNSET, Meta, Struct, UnsetType

from frontdesk.auth import policy
from frontdesk.auth.policy import PolicyChanges
from frontdesk.auth.types import SignInPolicy
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform


class PolicyBody(Struct, frozen=True):
    password_length: (
        Annotated[
            int, Meta(description="Fewest characters of a password that is chosen from now on: 8 to 64.")
        ]
        | UnsetType
    ) = UNSET
    second_factor: (
        Annotated[bool, Meta(description="Whether a password alone opens nothing, from the next sign-in on.")]
        | UnsetType
    ) = UNSET


@get("/v1/sign-in-policy", summary="What is asked of those who sign in", tags=["auth"])
async def get_policy(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> SignInPolicy:
    return await policy.get_policy(platform, subject)


@patch("/v1/sign-in-policy", summary="Change what is asked of those who sign in", tags=["auth"])
async def change_policy(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[PolicyBody]
) -> SignInPolicy:
    return await policy.change_policy(
        platform, subject, PolicyChanges(data.password_length, data.second_factor)
    )


ROUTES = [get_policy, change_policy]
