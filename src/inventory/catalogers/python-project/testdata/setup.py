from setuptools import setup

setup(
    name="harbour",
    install_requires=[
        "flask==3.0.3",
        # "commented",
        'requests[security]>=2',
    ] + more(),
    tests_require="pytest",
)
