"""Pages that a small site has from its first days."""

from django.urls import reverse

from tests.notifications.pages import pages_of
from tests.world.pages import EDITOR, MEMBER, MODERATOR, Page


def first_pages(essay, empty, claim, objection, remark, answer, case, waiting) -> list[Page]:
    public = {
        "home": reverse("home"),
        "open questions": reverse("open-questions"),
        "essay": essay.get_absolute_url(),
        "essay without claims": empty.get_absolute_url(),
        "revision": reverse("revision", args=[essay.slug, 1]),
        "tag": reverse("tag", args=["feudalism"]),
        "claims": reverse("counterpoints:claims", args=[essay.slug]),
        "map": reverse("counterpoints:map", args=[essay.slug]),
        "map of a part": reverse("counterpoints:map", args=[essay.slug]) + "?part=1",
        "history of a claim": reverse("counterpoints:history", args=[claim.pk]),
        "map of a claim": reverse("counterpoints:map", args=[essay.slug]) + "?claim=1",
        "export": reverse("exchange:export", args=[essay.slug]),
        "read API": reverse("exchange:api:reference"),
        "choose": reverse("counterpoints:choose", args=[essay.slug, 1]),
        "choose on a claim": reverse("counterpoints:choose", args=[essay.slug, 1]) + "?s=2",
        "choose words": reverse("counterpoints:choose", args=[essay.slug, 1]) + "?from=2&to=9",
        "claim": claim.get_absolute_url(),
        "claim, newest": claim.get_absolute_url() + "?order=newest",
        "discussion": reverse("discussion:thread", args=[essay.slug]),
        "discussion, a post in context": f"{reverse('discussion:thread', args=[essay.slug])}"
        f"?context={remark.pk}",
        "how to write": reverse("how-to-write"),
        "discussion, a branch": f"{reverse('discussion:thread', args=[essay.slug])}"
        f"?branch={remark.pk}",
        "empty discussion": reverse("discussion:thread", args=[empty.slug]),
        "discussions": reverse("discussion:index"),
        "history": reverse("posts:history", args=[answer.pk]),
        "member": reverse("member", args=["wren"]),
        "member, open questions": reverse("member-open", args=["gimel"]),
        "member, no open question": reverse("member-open", args=["mags"]),
        "member from right to left": reverse("member", args=["gimel"]),
        "standing rule": reverse("standing-rule"),
        "trust levels": reverse("trust:levels"),
        "rules": reverse("moderation:rules"),
        "privacy": reverse("house:privacy"),
        "contact": reverse("house:contact"),
        "log": reverse("moderation:log"),
        "fairness": reverse("moderation:fairness"),
        "search": reverse("search:search"),
        "search, found": reverse("search:search") + "?q=horse",
        "search, narrowed": reverse("search:search") + "?q=horse&author=wren&tag=tools",
        "search, badly narrowed": reverse("search:search") + "?author=%3Cb%3E&from=x&kind=y",
        "search, nothing": reverse("search:search") + "?q=%22%3Cb%3E",
    }
    pages = [Page(name, url) for name, url in public.items()]
    pages += [
        Page(name, reverse(view))
        for name, view in {
            "log in": "account_login",
            "sign up": "account_signup",
            "forgotten": "account_reset_password",
        }.items()
    ]
    pages += [Page(f"{name}, member", url, MEMBER) for name, url in public.items()]
    news = pages_of(objection.post.author)
    pages += [
        Page("reply", reverse("discussion:reply", args=[remark.pk]), MEMBER),
        Page("edit", reverse("posts:edit", args=[remark.pk]), MEMBER),
        Page("withdrawal", reverse("discussion:withdrawal", args=[remark.pk]), MEMBER),
        Page("written signed out", reverse("counterpoints:answer-claim", args=[claim.pk])),
        Page("written signed out, reply", reverse("discussion:reply", args=[remark.pk])),
        Page(
            "written signed out, remark",
            f"{reverse('discussion:thread', args=[essay.slug])}?write=1",
        ),
        Page("written signed out, answer", reverse("counterpoints:answer", args=[objection.pk])),
        Page("answer claim", reverse("counterpoints:answer-claim", args=[claim.pk]), MEMBER),
        Page("answer", reverse("counterpoints:answer", args=[objection.pk]), MEMBER),
        Page("restatement", reverse("counterpoints:restatement", args=[objection.pk]), EDITOR),
        Page("drafts", reverse("posts:drafts"), MEMBER),
        Page("report", reverse("moderation:report", args=[objection.pk]), MEMBER),
        *(Page(name, url) for name, url in news[0].items()),
        *(Page(name, url, MEMBER) for name, url in news[1].items()),
        Page("mute", reverse("news:mute", args=["gimel"]), MEMBER),
        Page("whom one mutes", reverse("news:muted"), MEMBER),
        Page("own standing", reverse("moderation:own-standing"), MEMBER),
        Page("own reports", reverse("moderation:own-reports"), MEMBER),
        Page("conversation with moderators", reverse("moderation:own-conversation"), MEMBER),
        Page("conversations", reverse("moderation:conversations") + "?tab=all", MODERATOR),
        Page("member, for moderators", reverse("moderation:member", args=["wren"]), MODERATOR),
        Page(
            "member, for moderators only",
            reverse("moderation:member", args=["gimel"]),
            MEMBER,
            status=403,
        ),
        Page("e-mail", reverse("account_email"), MEMBER),
        Page("own clock", reverse("own-times"), MEMBER),
        Page("own keys", reverse("own-keys"), MEMBER),
        Page("language", reverse("language"), MEMBER),
        Page("language, signed out", reverse("language")),
        Page("own name", reverse("own-name"), MEMBER),
        Page("accounts elsewhere", reverse("socialaccount_connections"), MEMBER),
        Page("logins", reverse("usersessions_list"), MEMBER),
        Page("two steps", reverse("mfa_index"), MEMBER),
        Page("passkeys", reverse("mfa_list_webauthn"), MEMBER),
        Page("own data", reverse("exchange:own-data"), MEMBER),
        Page("departure", reverse("departure"), MEMBER),
        Page("is it you", reverse("account_reauthenticate"), MEMBER),
        Page("objection, too late", reverse("accounts:objection", args=["old"]), status=404),
        Page("change of password", reverse("account_change_password"), MEMBER),
        Page("log out", reverse("account_logout"), MEMBER),
        Page("queue", reverse("moderation:queue"), MODERATOR),
        Page("queue of appeals", reverse("moderation:queue") + "?tab=appeals", MODERATOR),
        Page("decide together", f"{reverse('moderation:together')}?case={case.pk}", MODERATOR),
        Page("case", reverse("moderation:case", args=[case.pk]), MODERATOR),
        Page("lock", reverse("moderation:lock", args=[waiting.thread_id]), MODERATOR),
        Page("claim, moderator", claim.get_absolute_url(), MODERATOR),
        Page("essay, editor", essay.get_absolute_url(), EDITOR),
        Page("claim, editor", claim.get_absolute_url(), EDITOR),
        Page("not here", "/nothing-here/", status=404),
        Page("not yours", reverse("moderation:queue"), MEMBER, status=403),
    ]
    return pages
