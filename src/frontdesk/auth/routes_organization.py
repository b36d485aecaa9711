"""HTTP for the organization itself."""

from litestar import get, patch
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from frontdesk.auth import organizations
from frontdesk.auth.answers import OrganizationView
from frontdesk.auth.types import Organization
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform


class OrganizationBody(Struct, frozen=True):
    name: str


class OrganizationAnswer(Struct, frozen=True):
    organization: OrganizationView


def _answer(organization: Organization) -> OrganizationAnswer:
    return OrganizationAnswer(OrganizationView(str(organization.id), organization.slug, organization.name))


@get(
    "/v1/organization", summary="The organization, by name and by what its people sign in with", tags=["auth"]
)
async def get_organization(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject]
) -> OrganizationAnswer:
    return _answer(await organizations.view_organization(platform, subject))


@patch("/v1/organization", summary="Rename the organization", tags=["auth"])
async def rename_organization(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[OrganizationBody]
) -> OrganizationAnswer:
    return _answer(await organizations.rename_organization(platform, subject, data.name))


ROUTES = [get_organization, rename_organization]
