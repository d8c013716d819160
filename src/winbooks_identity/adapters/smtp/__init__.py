"""
How does a mail reach a mail server, encrypted or not at all?
"""

from .mailer import Security, SmtpMailer


__all__ = ["Security", "SmtpMailer"]
