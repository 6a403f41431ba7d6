"""The steps that make RS Sehat Nusantara, and the files that its layers end up in."""

from crmlab.datasets import making
from crmlab.datasets.hospital import raw, star, truth
from crmlab.datasets.hospital.world import World


def make(size, seed, folder, progress=None):
    """Make RS Sehat Nusantara in a folder.

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
    steps = (
        ("hospital_house", world.make_house),
        ("hospital_bookings", world.make_bookings),
        ("hospital_attendance", world.make_attendance),
        ("hospital_visits", world.make_visits),
        ("hospital_surveys", world.make_surveys),
        ("hospital_care", world.make_care),
        ("hospital_sales", world.make_sales),
        ("hospital_office", world.make_office),
        ("files", lambda: making.write_layer(world.tables, folder, "clean", written)),
        ("star", lambda: making.write_layer(star.build(world), folder, "star", written)),
        ("hospital_raw", lambda: raw.write(world, folder / "raw", written)),
        ("truth", lambda: making.write_layer(truth.build(world), folder, "truth", written)),
        ("manifest", lambda: making.write_manifest(size, seed, folder, written)),
    )
    making.run(steps, progress)
    return world
