from allauth.mfa.adapter import DefaultMFAAdapter

from forum.lib.house import house


class MfaAdapter(DefaultMFAAdapter):
    """Apps for codes and devices with passkeys list the site by the name that its pages have."""

    def get_totp_issuer(self) -> str:
        return house().name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": house().name}
