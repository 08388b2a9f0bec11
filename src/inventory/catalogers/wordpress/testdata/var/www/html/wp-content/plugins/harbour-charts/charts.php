<?php
/**
 * Plugin Name:       Harbour Charts
 * Plugin URI:        https://harbour.example.org
 * Description:       Charts of a harbour. Version: not here.
 * Version:           2.4.1
 * Author:            Packaging Team
 * License:           GPL v2 or later
 * Text Domain:       harbour-charts
 */
