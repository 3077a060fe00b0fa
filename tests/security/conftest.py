"""The world that is attacked."""

from tests.architecture.conftest import world as world
