"""A message typed by hand that has nothing wrong with it, and one fault for each check."""

from __future__ import annotations

# What a deadlines.yaml needs so that mails can be composed.
MAIL_SECTION = """
mail:
  from: {name: The union's dates, address: digest@union.example}
  bounces: bounces@union.example
  unsubscribe: leave@union.example
  list: digest.union.example
"""

HTML = """\
<!doctype html>
<html lang=3D"en" dir=3D"ltr"><head><meta charset=3D"utf-8">
<title>Dates</titl=
e>
<style>body { background: #ffffff; color: #1a1a1a }</style></head>
<body><h1>Dates</h1><h2>This week</h2>
<p>Monday November 12, 2018: Article 13-3. Caf=C3=A9.</p>
<p><a href=3D"https://union.example/feeds/delegate.ics">The feed of delegat=
es</a></p>
<p><a href=3D"mailto:leave@union.example?subject=3Dunsubscribe%20t1">
Unsubscribe</a></p>
</body></html>
"""

TEXT = """\
Monday November 12, 2018: Article 13-3. Caf=C3=A9.
https://union.example/feeds/delegate.ics
Unsubscribe: leave@union.example?subject=3Dunsubscribe%20t1
"""

SAMPLE = (
    f"""\
From: Union <digest@union.example>
To: Jo <jo@example.org>
Subject: Dates for delegates, week of November 12, 2018
Date: Mon, 12 Nov 2018 07:00:00 -0600
Message-ID: <digest.1@union.example>
List-Id: <digest.union.example>
List-Unsubscribe: <https://union.example/u/t1>, <mailto:leave@union.example?subject=unsubscribe%20t1>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
Auto-Submitted: auto-generated
MIME-Version: 1.0
DKIM-Signature: v=1; d=union.example; h=From:Subject:Date:Message-ID:List-Unsubscribe:List-Unsubscribe-Post; b=x
Content-Type: multipart/alternative; boundary="=_b"

--=_b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

{TEXT}
--=_b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

{HTML}
--=_b--
""".replace("\n", "\r\n")
).encode()


def swap(old: str, new: str, data: bytes = SAMPLE) -> bytes:
    """The sample with one piece of it changed; the piece has to be there."""
    found, made = old.replace("\n", "\r\n").encode(), new.replace("\n", "\r\n").encode()
    assert data.count(found) >= 1, old
    return data.replace(found, made, 1)


BODY = "<body>"
END = "</body>"
H2 = "<h2>This week</h2>"
P = '<p><a href=3D"https://union.example/feeds/delegate.ics">'

# The code of each check, and the sample with that fault in it.
PLANTS: dict[str, bytes] = {
    "header-missing": swap("To: Jo <jo@example.org>\n", ""),
    "header-twice": swap("To: Jo", "To: Al <al@example.org>\nTo: Jo"),
    "header-empty": swap("week of November 12, 2018\n", "12\nX-Mailer:\n"),
    "bad-header": swap("To: Jo", "To Jo\nTo: Jo"),
    "bad-date": swap("Mon, 12 Nov", "Tue, 12 Nov"),
    "bcc": swap("To: Jo", "Bcc: Al <al@example.org>\nTo: Jo"),
    "line-end": SAMPLE.replace(b"-0600\r\n", b"-0600\n"),
    "last-line-end": SAMPLE[:-2],
    "long-line": swap("MIME-Version", f"X-Long: {'x' * 1000}\nMIME-Version"),
    "eight-bit": SAMPLE.replace(b"Jo <", "Joé <".encode()),
    "long-body-line": swap(H2, H2 + "x" * 60),
    "long-encoded-word": swap("To: Jo", f"To: =?utf-8?q?{'x' * 80}?="),
    "encoded-word-in-header": swap("List-Id: <", "List-Id: =?utf-8?q?Dates?= <"),
    "folded-subject": swap("delegates, week", "delegates,\n week"),
    "bad-subject": swap("Dates for delegates", "=?utf-8?b?////?="),
    "long-subject": swap("Dates for delegates", "Dates for delegates and everybody else who wants them"),
    "subject-without-day": swap(", week of November 12, 2018\nDate", "\nDate"),
    "not-alternative": swap("multipart/alternative", "multipart/mixed"),
    "not-utf-8": swap("Caf=C3=A9.</p>", "Caf=E9.</p>"),
    "empty-part": swap(TEXT, ""),
    "text-without-link": swap("https://union.example/feeds/delegate.ics\nUnsub", "Unsub"),
    "text-without-date": swap(H2, H2 + "<p>Tuesday November 13, 2018</p>"),
    "text-without-article": swap(H2, H2 + "<p>Article 27-5</p>"),
    "bad-message-id": swap("<digest.1@union.example>", "digest.1@union.example"),
    "foreign-message-id": swap("<digest.1@union.example>", "<digest.1@mailer.example>"),
    "no-list-id": swap("List-Id: <digest.union.example>", "List-Id: digest"),
    "no-unsubscribe": swap("List-Unsubscribe: <https://union.example/u/t1>, <mailto:leave@union.example?subject="
                           "unsubscribe%20t1>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n", ""),
    "long-unsubscribe": swap("/u/t1>", f"/u/{'t' * 200}>"),
    "plain-unsubscribe": swap("<https://union.example/u/t1>", "<http://union.example/u/t1>"),
    "bad-one-click": swap("List-Unsubscribe=One-Click", "One-Click"),
    "no-auto-submitted": swap("Auto-Submitted: auto-generated\n", ""),
    "asks-receipt": swap("To: Jo", "Disposition-Notification-To: digest@union.example\nTo: Jo"),
    "too-large": swap(END, "<p>word word word word word word word word</p>\n" * 2000 + END),
    "late-unsubscribe": swap('%20t1">\nUnsub', '">\nUnsub'),
    "no-language": swap(' dir=3D"ltr"', ""),
    "no-title": swap("<title>Dates</titl=\ne>", ""),
    "headings": swap("<h2>This week</h2>", "<h3>This week</h3>"),
    "table-without-role": swap(END, "<table><tr><td>x</td></tr></table>" + END),
    "picture-without-words": swap(END, '<img src=3D"cid:1">' + END),
    "vague-link": swap("The feed of delegat=\nes", "here"),
    "low-contrast": swap("color: #1a1a1a", "color: #aaaaaa"),
    "runs-code": swap(END, "<script>1</script>" + END),
    "remote-picture": swap(END, '<img alt=3D"" src=3D"https://t.example/1.gif">\n' + END),
    "refused-style": swap(H2, H2 + '<p style=3D"float: left">x</p>'),
    "not-https": swap("https://union.example/feeds/delegate.ics\nUnsub", "http://union.example/feeds/delegate.ics\nUnsub",
                      swap('3D"https://union.example/feeds', '3D"http://union.example/feeds')),
    "address-in-link": swap("feeds/delegate.ics\nUnsub", "feeds/jo@example.org.ics\nUnsub",
                            swap('feeds/delegate.ics"', 'feeds/jo@example.org.ics"')),
    "wrong-weekday": swap("Monday November 12, 2018: Article 13-3. Caf=C3=A9.\nhttps",
                          "Tuesday November 12, 2018:\nArticle "
                          "13-3\nMonday November 12, 2018\nhttps"),
    "weak-signature": swap("h=From:Subject:Date:", "h=From:Subject:"),
    "not-a-message": b"\x00\xff" * 40,
}  # fmt: skip
