"""Departments: an agent's place in the organization."""

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.errors import conflict, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Transaction
from frontdesk.staff.lookup import announce_list
from frontdesk.staff.store import agents as rows
from frontdesk.staff.types import MAX_NAME, Department


async def list_departments(platform: Platform, subject: Subject) -> list[Department]:
    """All departments, by name."""
    require(subject, Permission.STAFF_READ)
    return await platform.database.read(
        subject.organization_id, lambda reader: rows.find_departments(reader, subject.organization_id)
    )


async def create_department(platform: Platform, subject: Subject, name: str) -> Department:
    """Add a department. Raises `conflict` when the name is taken."""
    require(subject, Permission.STAFF_MANAGE)
    name = clean_line(name, field="name", limit=MAX_NAME, required=True)
    department = Department(platform.ids.new(), name)
    now = platform.clock.now()

    async def work(tx: Transaction) -> None:
        await _check_name(tx, subject.organization_id, department)
        await rows.insert_department(tx, subject.organization_id, department, now)
        target = Target("department", department.id, department.name)
        await record_in(platform, tx, subject, Action.DEPARTMENT_CREATED, target)
        announce_list(platform, tx, subject.organization_id, "departments")

    await platform.database.write(subject.organization_id, work)
    return department


async def rename_department(
    platform: Platform, subject: Subject, department_id: int, name: str
) -> Department:
    """Change a department's name. Raises `conflict` when another one has it."""
    require(subject, Permission.STAFF_MANAGE)
    department = Department(department_id, clean_line(name, field="name", limit=MAX_NAME, required=True))

    async def work(tx: Transaction) -> None:
        await _find(tx, subject.organization_id, department_id)
        await _check_name(tx, subject.organization_id, department)
        await rows.rename_department(tx, subject.organization_id, department)
        target = Target("department", department.id, department.name)
        await record_in(platform, tx, subject, Action.DEPARTMENT_CHANGED, target)
        announce_list(platform, tx, subject.organization_id, "departments")

    await platform.database.write(subject.organization_id, work)
    return department


async def delete_department(platform: Platform, subject: Subject, department_id: int) -> None:
    """Remove a department; its agents stay, without one."""
    require(subject, Permission.STAFF_MANAGE)

    async def work(tx: Transaction) -> None:
        department = await _find(tx, subject.organization_id, department_id)
        await rows.delete_department(tx, subject.organization_id, department_id)
        target = Target("department", department.id, department.name)
        await record_in(platform, tx, subject, Action.DEPARTMENT_REMOVED, target)
        announce_list(platform, tx, subject.organization_id, "departments")
        announce_list(platform, tx, subject.organization_id, "agents")

    await platform.database.write(subject.organization_id, work)


async def _find(tx: Transaction, organization_id: int, department_id: int) -> Department:
    department = await rows.find_department(tx, organization_id, department_id)
    if department is None:
        raise not_found("department")
    return department


async def _check_name(tx: Transaction, organization_id: int, department: Department) -> None:
    if await rows.department_name_taken(tx, organization_id, department.name, besides=department.id):
        raise conflict(
            "staff.department-exists",
            f"There is a department called “{department.name}” already.",
            hint="Use another name.",
        )
