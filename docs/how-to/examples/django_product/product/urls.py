"""
Where the pages are: one of the product, those of the library, and the admin.
"""

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from winbooks_identity.adapters.django.authentication import signed_in


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """
    Greet who is signed in.
    """
    return render(request, "home.html", {"person": signed_in(request)})


urlpatterns = [
    path("", home, name="home"),
    path("portal/", include("winbooks_identity.adapters.django.urls")),
    path("admin/", admin.site.urls),
]
