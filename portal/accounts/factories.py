"""Users for tests."""

import factory

from portal.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A person with the password "correct horse battery"."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@cities.example")
    first_name = "Robin"
    last_name = factory.Sequence(lambda n: f"Person{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        password = kwargs.pop("password", "correct horse battery")
        make = model_class.objects.create_superuser if kwargs.get("is_superuser") else model_class.objects.create_user
        return make(*args, password=password, **kwargs)
