"""The steps that make PT XYZ, the tables of each layer, and the files they end up in."""

from crmlab.datasets import making
from crmlab.datasets.retail import (
    campaigns,
    clean,
    complaints,
    consents,
    contacts,
    customers,
    lab,
    management,
    panel,
    pipeline,
    places,
    points,
    products,
    promotions,
    raw,
    staff,
    star,
    truth,
    visits,
)
from crmlab.datasets.retail.world import World

#: what fills the clean layer, subject by subject
CLEAN = (
    clean.build_dates,
    places.build,
    products.build,
    clean.build_channels,
    customers.build,
    promotions.build,
    clean.build_sales,
    clean.build_aftersales,
    clean.build_surveys,
    staff.build,
    consents.build,
    campaigns.build,
    contacts.build,
    complaints.build,
    panel.build,
    points.build,
    visits.build,
    pipeline.build,
    management.build,
    lab.build,
)


def make(size, seed, folder, progress=None):
    """Make PT XYZ in a folder.

    Parameters
    ----------
    size : {"S", "M", "L"}
    seed : int
    folder : pathlib.Path
        An empty folder.
    progress : callable, optional
        Called before every step, and once at the end, with the steps done, their number and the step's key.

    Returns
    -------
    World
        Everything that was made, for whoever wants to look behind the tables.
    """
    world = World(size, seed)
    written = {}

    def fill():
        for build in CLEAN:
            build(world)

    steps = (
        ("people", world.make_people),
        ("orders", world.make_orders),
        ("lines", world.make_lines),
        ("aftersales", world.make_aftersales),
        ("relations", world.make_relations),
        ("clean", fill),
        ("star", lambda: making.write_layer(star.build(world), folder, "star", written)),
        ("files", lambda: making.write_layer(world.tables, folder, "clean", written)),
        ("raw", lambda: raw.write(world, folder / "raw", written)),
        ("truth", lambda: making.write_layer(truth.build(world), folder, "truth", written)),
        ("manifest", lambda: making.write_manifest(size, seed, folder, written)),
    )
    making.run(steps, progress)
    return world
