"""
Where are the pages?

    path("portal/", include("winbooks_identity.adapters.django.urls"))
"""

from django.urls import URLPattern, path

from .edit_page import EditUserView
from .notice_page import PasswordNoticeView
from .views import (
    ChangePasswordView,
    ConfirmIdView,
    DoneView,
    ForgottenPasswordView,
    SetPasswordView,
    SignInView,
    SignOutView,
)


__all__ = ["app_name", "urlpatterns"]

app_name: str = "winbooks_identity"

_FORGOTTEN = "forgotten-password"

urlpatterns: list[URLPattern] = [
    path("sign-in", SignInView.as_view(), name="sign_in"),
    path("sign-out", SignOutView.as_view(), name="sign_out"),
    path("change-password", ChangePasswordView.as_view(), name="change_password"),
    path("password-notice", PasswordNoticeView.as_view(), name="password_notice"),
    path(_FORGOTTEN, ForgottenPasswordView.as_view(), name="forgotten_password"),
    path(f"{_FORGOTTEN}/sent", DoneView.as_view(name="link_sent"), name="link_sent"),
    path("set-password", SetPasswordView.as_view(), name="set_password"),
    path(
        "set-password/done",
        DoneView.as_view(name="password_set"),
        name="password_set",
    ),
    path("confirm-id", ConfirmIdView.as_view(), name="confirm_id"),
    path("users/<str:winbooks_id>", EditUserView.as_view(), name="edit_user"),
    path("user-saved", DoneView.as_view(name="user_saved"), name="user_saved"),
    path("confirm-id/done", DoneView.as_view(name="id_confirmed"), name="id_confirmed"),
]
