"""
A product on FastAPI whose people sign in with their WinBooks ID.

    uvicorn fastapi_product:app
"""

import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

from example_office import delivering_mails, open_example
from fastapi import Depends, FastAPI, Response
from fastapi.responses import FileResponse
from starlette.middleware.sessions import SessionMiddleware

from winbooks_identity import Created, Portal, PortalUser
from winbooks_identity.adapters.fastapi import (
    PROBLEM_RESPONSES,
    Login,
    ensure_own_site,
    install_problem_details,
)
from winbooks_identity.adapters.pydantic import NewEmployeeForm


portal = open_example(
    "http://127.0.0.1:8000/", set_password="set-password", confirm_id="confirm-id"
)
login = Login(portal)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
    with portal, delivering_mails(portal):
        yield


app = FastAPI(lifespan=lifespan)
install_problem_details(app)
app.add_middleware(
    SessionMiddleware,
    secret_key=secrets.token_urlsafe(),  # A product reads its own from a file.
    https_only=False,  # On a server: True.
)
app.include_router(login.router, prefix="/login")

SignedIn = Annotated[PortalUser, Depends(login.current_user)]


@app.get("/", include_in_schema=False)
@app.get("/set-password", include_in_schema=False)
@app.get("/confirm-id", include_in_schema=False)
async def page() -> FileResponse:
    return FileResponse(Path(__file__).with_name("fastapi_product.html"))


@app.get("/colleagues", responses=PROBLEM_RESPONSES)
async def colleagues(user: SignedIn) -> list[str]:
    def read(services: Portal) -> list[str]:
        return [str(each.winbooks_id) for each in services.provisioning.users(by=user)]

    return await login.portal.run(read)


@app.post(
    "/employees",
    status_code=201,
    responses=PROBLEM_RESPONSES,
    dependencies=[Depends(ensure_own_site)],
)
async def new_employee(
    form: NewEmployeeForm, user: SignedIn, response: Response
) -> dict[str, str]:
    def create(services: Portal) -> Created:
        new = form.read(
            licence=services.provisioning.licence(by=user),
            dossiers=services.provisioning.dossiers(by=user),
            policy=services.policy,
        )
        return services.provisioning.create(new, by=user)

    created = await login.portal.run_hashing(create)
    answer = {"winbooks_id": created.user.winbooks_id.address}
    if created.password is not None:
        answer["password"] = created.password.reveal()
        response.headers["Cache-Control"] = "no-store"
    return answer
