% version('0.0.0').
name(harbour).
version('2.4.1').
title('Charts of a harbour').
author('Packaging Team', 'packaging@example.org').
maintainer('Packaging Team', 'packaging@example.org').
home('https://harbour.example.org').
requires(tide).
